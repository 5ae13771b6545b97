import { type SolanaChain, startSolana as startChain } from "@sigil/testing/solana";
import type { OnEnd } from "../program.js";
import type { Show } from "../show.js";
import { connect, type Solana } from "../solana.js";

const kinds: Readonly<Record<SolanaChain["kind"], string>> = {
  "solana-test-validator": "solana-test-validator, a real validator",
  litesvm: "litesvm in this process, as there is no solana-test-validator",
};

export const startSolana = (show: Show, onEnd: OnEnd): Promise<Solana> =>
  show.step("A Solana of our own", async ({ fact }) => {
    // Which kind it is, is said below.
    const starting = startChain(() => {});
    // From now on, as it may be ended while it starts.
    onEnd(() =>
      starting.then(
        ({ stop }) => stop(),
        () => {},
      ),
    );
    const chain = await starting;
    fact(kinds[chain.kind]);
    fact(chain.rpcUrl);
    return connect(chain);
  });
