export type Message = Readonly<Record<string, unknown>>;
