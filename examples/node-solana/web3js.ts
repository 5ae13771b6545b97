import { createPublicKey, verify } from "node:crypto";
import { toSigilWallets } from "@sigil/solana/web3js";
import { Connection, PublicKey, SystemProgram, Transaction } from "@solana/web3.js";
import { pair } from "./pair.js";

const [wallet] = toSigilWallets(await pair([{ chain: "solana", access: "sign" }]));
if (wallet === undefined) throw new Error("The owner granted no wallet.");
const { publicKey } = wallet;

const message = new TextEncoder().encode("hello");
const signature = await wallet.signMessage(message);
const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey.toBytes()).toString("base64url") };
const key = createPublicKey({ key: jwk, format: "jwk" });
console.log(`message: ${verify(null, message, key, signature)}`);

// A node of any Solana chain on which the wallet has money, such as solana-test-validator.
const { RPC_URL, RPC_WS_URL } = process.env;
if (RPC_URL !== undefined && RPC_WS_URL !== undefined) {
  const connection = new Connection(RPC_URL, { commitment: "confirmed", wsEndpoint: RPC_WS_URL });
  const toPubkey = new PublicKey("11111111111111111111111111111112");
  const transfer = SystemProgram.transfer({ fromPubkey: publicKey, toPubkey, lamports: 1_000_000 });
  const latest = await connection.getLatestBlockhash();
  const signed = await wallet.signTransaction(
    new Transaction({ feePayer: publicKey, ...latest }).add(transfer),
  );
  const sent = await connection.sendRawTransaction(signed.serialize());
  const { value } = await connection.confirmTransaction({ signature: sent, ...latest });
  console.log(`transaction: ${value.err === null ? "success" : JSON.stringify(value.err)}`);
}
