/**
 * Octane's id of a request as an error may show it, or nothing: whoever answers with a signature that is not right may have put
 * anything in its place.
 */
export const traceOf = (requestId: unknown): { readonly requestId?: string } =>
  typeof requestId === "string" && /^[\w.:-]{1,64}$/.test(requestId) ? { requestId } : {};

/** The same within a message. */
export const tracedBy = ({ requestId }: { readonly requestId?: string }): string =>
  requestId === undefined ? "" : ` Octane's id of the request: ${requestId}.`;
