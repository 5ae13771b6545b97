import type { Account, Hex, LocalAccount } from "viem";
import { createWalletClient, http } from "viem";
import { mainnet } from "viem/chains";
import { describe, expectTypeOf, test } from "vitest";
import { AstrotrainClient } from "./index.js";
import { toSigilAccount } from "./toSigilAccount.js";

const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

describe("toSigilAccount", () => {
  const client = new AstrotrainClient({ octaneUrl: "", apiKey: "", privateKeySeed: "" });
  const account = toSigilAccount({ client, address });

  test("default", () => {
    expectTypeOf(account).toExtend<LocalAccount<"sigil">>();
    expectTypeOf(account).toExtend<Account>();
    expectTypeOf(account.source).toEqualTypeOf<"sigil">();
    expectTypeOf(account.publicKey).toEqualTypeOf<Hex>();
  });

  test("behavior: no method is ever undefined", () => {
    expectTypeOf(account.sign).not.toBeNullable();
    expectTypeOf(account.signAuthorization).not.toBeNullable();
    expectTypeOf(account.sign).returns.toEqualTypeOf<Promise<Hex>>();
    expectTypeOf(account.signMessage).toBeFunction();
    expectTypeOf(account.signTransaction).toBeFunction();
    expectTypeOf(account.signTypedData).toBeFunction();
  });

  test("behavior: a wallet client takes it", () => {
    const wallet = createWalletClient({ account, chain: mainnet, transport: http() });
    expectTypeOf(wallet.account).toEqualTypeOf(account);
  });
});
