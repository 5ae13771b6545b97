import { address, generateKeyPairSigner, getAddressEncoder, lamports } from "@solana/kit";
import { expect, test } from "vitest";
import { accountMethods } from "./accountMethods.js";
import { createChain } from "./chain.js";

const program = address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");

const accountOf = async (data: Uint8Array) => ({
  address: (await generateKeyPairSigner()).address,
  data,
  executable: false,
  lamports: lamports(10_000_000n),
  programAddress: program,
  space: BigInt(data.length),
});

test.each([
  { amount: 1_500_000n, decimals: 6, uiAmount: 1.5, uiAmountString: "1.5" },
  { amount: 7n, decimals: 6, uiAmount: 0.000007, uiAmountString: "0.000007" },
  { amount: 30n, decimals: 0, uiAmount: 30, uiAmountString: "30" },
  { amount: 0n, decimals: 2, uiAmount: 0, uiAmountString: "0" },
])("getTokenAccountBalance: $uiAmountString with $decimals decimals", async ({ amount, ...expected }) => {
  const chain = createChain();
  const mint = await accountOf(new Uint8Array(82).fill(expected.decimals, 44, 45));
  const data = new Uint8Array(165);
  data.set(getAddressEncoder().encode(mint.address));
  new DataView(data.buffer).setBigUint64(64, amount, true);
  const token = await accountOf(data);
  for (const account of [mint, token]) chain.vm.setAccount(account);
  const { value } = accountMethods.getTokenAccountBalance(chain, [token.address]);
  expect(value).toEqual({ amount: `${amount}`, ...expected });
  expect(() => accountMethods.getTokenAccountBalance(chain, [program])).toThrow("is not a token account");
});
