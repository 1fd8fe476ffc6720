/** On stderr and in the document: it was judged, and nobody will find it later. */
export function describeUnkept({ message }: { readonly message: string }): string {
  return `the report could not be kept: ${message}`;
}
