import type { AstrotrainClient } from "@sigil/astrotrain";
import type { Address, MessagePartialSigner, TransactionPartialSigner, TransactionSigner } from "@solana/kit";
import { expectTypeOf, test } from "vitest";
import { toSigilSigner } from "./toSigilSigner.js";

declare const client: AstrotrainClient;

test("behavior: it is kit's own two partial signers, and keeps the address", () => {
  const signer = toSigilSigner({ client, address: "abc" });
  expectTypeOf(signer).toExtend<MessagePartialSigner<"abc"> & TransactionPartialSigner<"abc">>();
  expectTypeOf(signer).toExtend<TransactionSigner>();
  expectTypeOf(signer.address).toEqualTypeOf<Address<"abc">>();
});
