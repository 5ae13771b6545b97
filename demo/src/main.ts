import { compileContracts } from "@sigil/integration/contracts";
import { runProgram } from "./program.js";
import { createShow } from "./show.js";
import { awaitApproval } from "./steps/awaitApproval.js";
import { fundWallet } from "./steps/fundWallet.js";
import { listWallets } from "./steps/listWallets.js";
import { makeAccount } from "./steps/makeAccount.js";
import { openSession } from "./steps/openSession.js";
import { revoke } from "./steps/revoke.js";
import { sendTransfer } from "./steps/sendTransfer.js";
import { signMessage } from "./steps/signMessage.js";
import { signTypedData } from "./steps/signTypedData.js";
import { startEthereum } from "./steps/startEthereum.js";
import { startSigil } from "./steps/startSigil.js";
import { useGreeter } from "./steps/useGreeter.js";
import { validateCode } from "./steps/validateCode.js";

const show = createShow(process.stdout, process.stderr, process.env);

show.text("Sigil, from pairing to revocation. Octane and the appliance are emulated on this machine;");
show.text(
  "the demo plays the user's phone: the lines that begin with “phone:” are what the user does there.",
);
show.text("The first run compiles the contracts, which takes some seconds.");

// Nothing else moves while the compiler runs, so it runs before there is anything to stop.
const contracts = compileContracts();

await runProgram(show, async (onEnd) => {
  show.title("Set-up");
  const sigil = await startSigil(show, onEnd);
  const ethereum = await startEthereum(show, onEnd);

  show.title("Pairing");
  const session = await openSession(show, sigil);
  const pairId = await awaitApproval(show, sigil, session);
  await validateCode(show, sigil, pairId, session.code);
  const wallets = await listWallets(show, sigil, pairId);

  show.title("Ethereum, with viem");
  const account = await makeAccount(show, sigil, pairId, wallets);
  await fundWallet(show, ethereum, account);
  await sendTransfer(show, sigil, ethereum, account);
  await useGreeter(show, sigil, ethereum, account, contracts.Greeter);
  await signMessage(show, sigil, account);
  await signTypedData(show, sigil, ethereum, account, contracts.Verifier);

  show.title("Revocation");
  await revoke(show, sigil, pairId, account);
  show.title("Done.");
});
