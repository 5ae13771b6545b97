import { startAnvil } from "@sigil/testing/anvil";
import { connect, type Ethereum } from "../ethereum.js";
import type { OnEnd } from "../program.js";
import type { Show } from "../show.js";

export const startEthereum = (show: Show, onEnd: OnEnd): Promise<Ethereum> =>
  show.step("Anvil, an Ethereum of our own", async ({ fact }) => {
    const { rpcUrl, chainId, stop } = await startAnvil();
    onEnd(stop);
    fact(rpcUrl);
    fact(`chain ${chainId}`);
    return connect(rpcUrl);
  });
