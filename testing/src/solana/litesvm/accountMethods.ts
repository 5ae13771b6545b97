import { type Address, type EncodedAccount, getAddressDecoder } from "@solana/kit";
import type { LiteSVM } from "litesvm";
import { readAccount } from "./accountJson.js";
import { type Chain, withContext } from "./chain.js";
import { addressAt, configAt, invalid, type Params, stringsAt, toAddress } from "./params.js";

// Where a token account has its mint and amount, and a mint its decimals.
const mintBytes = 32;
const amountOffset = 64;
const decimalsOffset = 44;

export const accountMethods = {
  getBalance: (chain: Chain, params: Params) =>
    withContext(chain, chain.vm.getBalance(addressAt(params, 0)) ?? 0n),
  getAccountInfo: (chain: Chain, params: Params) =>
    withContext(chain, readAccount(chain.vm, addressAt(params, 0), configAt(params, 1))),
  getMultipleAccounts: (chain: Chain, params: Params) => {
    const addresses = stringsAt(params, 0).map(toAddress);
    const config = { encoding: "base64", ...configAt(params, 1) };
    return withContext(
      chain,
      addresses.map((address) => readAccount(chain.vm, address, config)),
    );
  },
  getTokenAccountBalance: (chain: Chain, params: Params) =>
    withContext(chain, readTokenBalance(chain.vm, addressAt(params, 0))),
};

function readTokenBalance(vm: LiteSVM, address: Address): object {
  const token = accountWith(vm, address, amountOffset + 8);
  const amount = new DataView(Uint8Array.from(token.data).buffer).getBigUint64(amountOffset, true);
  const mint = accountWith(vm, mintOf(token), decimalsOffset + 1);
  const decimals = mint.data[decimalsOffset] ?? 0;
  const uiAmount = Number(amount) / 10 ** decimals;
  return { amount: `${amount}`, decimals, uiAmount, uiAmountString: toDecimal(amount, decimals) };
}

function mintOf({ data }: EncodedAccount): Address {
  return getAddressDecoder().decode(data.slice(0, mintBytes));
}

function accountWith(vm: LiteSVM, address: Address, size: number): EncodedAccount {
  const account = vm.getAccount(address);
  if (!account.exists || account.data.length < size) throw invalid(`${address} is not a token account`);
  return account;
}

function toDecimal(amount: bigint, decimals: number): string {
  const digits = `${amount}`.padStart(decimals + 1, "0");
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 || fraction === "" ? whole : `${whole}.${fraction}`;
}
