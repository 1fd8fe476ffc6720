/** What zlib says of a gzip that it does not unpack, for people; its own words stay behind. */
export function describeGzipFault({ message }: Error): string {
  if (message === 'unexpected end of file') return `its gzip is cut (${message})`;
  // Files begin with a gzip's two bytes, or nobody unpacks them: a header can only be wrong behind another one's end.
  if (message === 'incorrect header check')
    return `something that is no gzip stands behind its gzip's end (${message})`;
  return `its gzip is damaged (${message})`;
}
