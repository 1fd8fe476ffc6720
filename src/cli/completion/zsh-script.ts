import path from 'node:path';
import type { ScriptParts } from './bash-script.js';
import { quoteForShell } from './quote-for-shell.js';

/** Values by asking the program, the rest by oclif's function; zsh itself quotes what it puts into the line. */
export function zshScript({ theirs, program }: ScriptParts): string {
  return `# Written by \`almanac autocomplete\`, and written anew by the next one.
fpath=(${quoteForShell(path.dirname(theirs))} $fpath)
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
autoload -Uz _almanac

_almanac_or_value() {
  local -a answer
  answer=("\${(@f)$(${program.map(quoteForShell).join(' ')} "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  local kind=$answer[1]
  shift answer
  case $kind in
    words)
      compset -P '--[a-z-]##='
      answer=("\${(@)answer#$IPREFIX}")
      (( $#answer )) && compadd -a answer
      ;;
    files) compset -P '--[a-z-]##='; _files ;;
    folders) compset -P '--[a-z-]##='; _files -/ ;;
    *) _almanac "$@" ;;
  esac
}

compdef _almanac_or_value almanac
`;
}
