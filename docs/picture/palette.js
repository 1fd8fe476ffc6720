/** A dark terminal with a border: it stands on a white page and on a black one. */
export const PALETTE = {
  background: '#0d1117',
  bar: '#161b22',
  border: '#3d444d',
  plain: '#e6edf3',
  dim: '#9198a1',
  black: '#656c76',
  red: '#ff7b72',
  green: '#3fb950',
  yellow: '#e3b341',
  blue: '#58a6ff',
  magenta: '#bc8cff',
  cyan: '#39c5cf',
  white: '#f0f6fc',
};

export const FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";
