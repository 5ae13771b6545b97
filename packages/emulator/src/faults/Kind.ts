import type { Delivery } from "./Delivery.js";
import type { FaultRoute } from "./routes.js";

/** One request that a fault strikes. */
export type Exchange = {
  readonly route: FaultRoute | undefined;
  readonly request: Request;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal | undefined;
  /** Has octane answer, as it would without a fault: to the request, or to one in its place. */
  readonly handle: (request?: Request) => Promise<Response>;
  /** The 2xx answer so many calls back on the same route. */
  readonly earlier: (back: number) => Delivery | undefined;
};

/** How many answers of each route are kept for `earlier`. */
export const mostEarlier = 16;

/** Throws a TypeError or RangeError that names the field, where the value is not what it must be. */
export type Check = (field: string, value: unknown) => void;

/** How one kind of fault is checked and done. */
export type Kind<Fault extends { readonly kind: string }> = {
  readonly fields: { readonly [Field in Exclude<keyof Fault, "kind">]-?: Check };
  /** Where it makes sense. Default: everywhere. */
  readonly routes?: (fault: Fault) => readonly FaultRoute[];
  readonly deliver: (fault: Fault, exchange: Exchange) => Promise<Delivery>;
};

/** An option of faults that stand in the place of an answer. */
export type Handled = {
  /**
   * Whether octane does what it was asked before the fault strikes, so that the user is asked and only the answer is
   * lost. Default: false, octane never sees the request.
   */
  readonly handled?: boolean;
};
