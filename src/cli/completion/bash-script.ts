import { quoteForShell } from './quote-for-shell.js';

export interface ScriptParts {
  /** What oclif's autocomplete wrote: commands and flags. */
  readonly theirs: string;
  /** The program and the words that start it. */
  readonly program: readonly string[];
}

/**
 * Values by asking the program, the rest by oclif's function. Two things in that function are worked around: it knows
 * flags only where nothing but a command stands before them, and it puts the words typed into a pattern for sed. So it
 * is shown the command's words alone, one fewer at each turn until it knows them. `$2` is what readline will replace,
 * which may be less than the word: bash breaks words at `=`, `:` and `@`. Nothing here needs more than macOS' bash 3.2.
 */
export function bashScript({ theirs, program }: ScriptParts): string {
  return `# Written by \`almanac autocomplete\`, and written anew by the next one.
[ -r ${quoteForShell(theirs)} ] && source ${quoteForShell(theirs)}

_almanac_static() {
  local current=$1 line=() word count
  shift
  for word in "$@"; do
    [[ $word =~ ^[a-z][a-z-]*$ ]] || break
    line+=("$word")
  done
  for ((count = \${#line[@]}; count >= 0; count--)); do
    COMP_WORDS=(almanac "\${line[@]:0:count}" "$current")
    COMP_CWORD=$((count + 1))
    _almanac_autocomplete 2>/dev/null
    [[ \${#COMPREPLY[@]} -gt 0 || $current != -* ]] && return
  done
}

_almanac() {
  local replaced=$2 kept answer kind name i
  local before=("\${COMP_WORDS[@]:1:COMP_CWORD-1}") current=\${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  answer=$(${program.map(quoteForShell).join(' ')} "\${before[@]}" "$current" 2>/dev/null </dev/null)
  { read -r kind; while IFS= read -r name; do COMPREPLY+=("$name"); done; } <<<"$answer"
  case $kind in
    words)
      kept=$current
      for ((i = COMP_CWORD - 1; i > 0; i--)); do
        [[ $kept =~ ^[=:@] || \${COMP_WORDS[i]} =~ ^[=:@]+$ ]] || break
        kept=\${COMP_WORDS[i]}$kept
      done
      kept=\${kept%"$replaced"}
      for i in "\${!COMPREPLY[@]}"; do COMPREPLY[i]=\${COMPREPLY[i]#"$kept"}; done
      ;;
    files) COMPREPLY=() && compopt -o default 2>/dev/null ;;
    folders) COMPREPLY=() && compopt -o dirnames 2>/dev/null ;;
    *) COMPREPLY=() && _almanac_static "$current" "\${before[@]}" ;;
  esac
}

complete -F _almanac almanac
`;
}
