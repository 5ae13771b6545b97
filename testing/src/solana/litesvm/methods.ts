import { accountMethods } from "./accountMethods.js";
import { blockMethods } from "./blockMethods.js";
import type { Chain } from "./chain.js";
import type { Params } from "./params.js";
import { transactionMethods } from "./transactionMethods.js";

export type Method = (chain: Chain, params: Params) => unknown;

/** All methods that a plain request can call, by name. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...blockMethods, ...accountMethods, ...transactionMethods }),
);
