import { type Address, isAddress } from "@solana/kit";
import { RpcError, rpcCodes } from "./rpcError.js";

export type Params = readonly unknown[];
export type Config = { readonly [name: string]: unknown };

export function invalid(message: string): RpcError {
  return new RpcError(rpcCodes.invalidParams, `Invalid params: ${message}`);
}

export function stringAt(params: Params, index: number): string {
  const value = params[index];
  if (typeof value !== "string") throw invalid(`parameter ${index} must be a string`);
  return value;
}

export function stringsAt(params: Params, index: number): readonly string[] {
  const value = params[index];
  if (!Array.isArray(value)) throw invalid(`parameter ${index} must be an array`);
  return value.map((_, item) => stringAt(value, item));
}

export function amountAt(params: Params, index: number): bigint {
  const value = params[index];
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw invalid(`parameter ${index} must be an amount`);
  return BigInt(value as number);
}

export function addressAt(params: Params, index: number): Address {
  return toAddress(stringAt(params, index));
}

export function toAddress(text: string): Address {
  if (!isAddress(text)) throw invalid(`${text} is not an address`);
  return text;
}

/** The optional object at the end of most methods' parameters. */
export function configAt(params: Params, index: number): Config {
  const value = params[index] ?? {};
  if (typeof value !== "object") throw invalid(`parameter ${index} must be an object`);
  return value as Config;
}
