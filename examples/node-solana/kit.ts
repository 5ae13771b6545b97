import { toSigilSigners } from "@sigil/solana";
import {
  address,
  appendTransactionMessageInstruction,
  assertIsTransactionWithBlockhashLifetime,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  lamports,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signOffchainMessageWithSigners,
  signTransactionMessageWithSigners,
  verifyOffchainMessageEnvelope,
} from "@solana/kit";
import { getTransferSolInstruction } from "@solana-program/system";
import { pair } from "./pair.js";

const [signer] = toSigilSigners(await pair([{ chain: "solana", access: "sign" }]));
if (signer === undefined) throw new Error("The owner granted no wallet.");

const envelope = await signOffchainMessageWithSigners({
  version: 1,
  content: "hello",
  requiredSignatories: [signer],
});
await verifyOffchainMessageEnvelope(envelope); // throws if the signature is wrong
console.log("message: true");

// A node of any Solana chain on which the wallet has money, such as solana-test-validator.
const { RPC_URL, RPC_WS_URL } = process.env;
if (RPC_URL !== undefined && RPC_WS_URL !== undefined) {
  const rpc = createSolanaRpc(RPC_URL);
  const rpcSubscriptions = createSolanaRpcSubscriptions(RPC_WS_URL);
  const destination = address("11111111111111111111111111111112");
  const transfer = getTransferSolInstruction({ source: signer, destination, amount: lamports(1_000_000n) });
  const { value: blockhash } = await rpc.getLatestBlockhash().send();
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageFeePayerSigner(signer, empty),
    (paid) => setTransactionMessageLifetimeUsingBlockhash(blockhash, paid),
    (timed) => appendTransactionMessageInstruction(transfer, timed),
  );
  const transaction = await signTransactionMessageWithSigners(message);
  assertIsTransactionWithBlockhashLifetime(transaction);
  await sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions })(transaction, { commitment: "confirmed" });
  console.log("transaction: success");
}
