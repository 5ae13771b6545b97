import { compileContracts } from "@sigil/integration/contracts";
import type { OnEnd } from "./program.js";
import type { Show } from "./show.js";
import { airdrop } from "./steps/airdrop.js";
import { awaitApproval } from "./steps/awaitApproval.js";
import { fundWallet } from "./steps/fundWallet.js";
import { listWallets } from "./steps/listWallets.js";
import { makeAccount } from "./steps/makeAccount.js";
import { makeSolanaSigner } from "./steps/makeSolanaSigner.js";
import { openSession } from "./steps/openSession.js";
import { revoke } from "./steps/revoke.js";
import { sendTransfer } from "./steps/sendTransfer.js";
import { sendWithEthers } from "./steps/sendWithEthers.js";
import { sendWithKit } from "./steps/sendWithKit.js";
import { sendWithWeb3 } from "./steps/sendWithWeb3.js";
import { signMessage } from "./steps/signMessage.js";
import { signTypedData } from "./steps/signTypedData.js";
import { startEthereum } from "./steps/startEthereum.js";
import { startSigil } from "./steps/startSigil.js";
import { startSolana } from "./steps/startSolana.js";
import { useGreeter } from "./steps/useGreeter.js";
import { validateCode } from "./steps/validateCode.js";

/** Compiles the contracts, and gives the rest of the demo. */
export function prepareStory(show: Show): (onEnd: OnEnd) => Promise<void> {
  // Nothing else moves while the compiler runs, so it runs before there is anything to stop.
  const contracts = compileContracts();

  return async (onEnd) => {
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

    show.title("Ethereum, with ethers");
    await sendWithEthers(show, sigil, ethereum, pairId, account);

    show.title("Solana, with kit");
    const solana = await startSolana(show, onEnd);
    const signer = await makeSolanaSigner(show, sigil, pairId, wallets);
    await airdrop(show, solana, signer);
    await sendWithKit(show, sigil, solana, signer);

    show.title("Solana, with web3.js");
    await sendWithWeb3(show, sigil, solana, pairId, signer);

    show.title("Revocation");
    await revoke(show, sigil, pairId, account, signer);
    show.title("Done.");
  };
}
