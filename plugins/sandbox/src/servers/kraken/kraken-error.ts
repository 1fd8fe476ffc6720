/** Its refusals come with status 200, as a text in a list: severity, category, words. */
export class KrakenError extends Error {}
