/** The cause of calls that `close` ended. */
export const clientClosed = (): Error => new Error(closed);

export const isClientClosed = (cause: unknown): boolean => cause instanceof Error && cause.message === closed;

const closed = "the client was closed";
