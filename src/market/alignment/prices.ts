/** One price a bar, ascending by the bar's open: all that two sources are compared by. */
export interface Prices {
  readonly time: Float64Array;
  readonly close: Float64Array;
}
