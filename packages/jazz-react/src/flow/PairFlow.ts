import { PairError } from "@sigil/astrotrain/pairing";
import type { CreatedSession, JazzPairOptions } from "../PairFlowOptions.js";
import type { OpenSession, PairFailure, PairRejection, PairState } from "../PairState.js";
import { awaitOutcome } from "./awaitOutcome.js";
import { cancelSession } from "./cancelSession.js";
import { onReturn } from "./onReturn.js";
import { endPending, findPending, forgetPending, keepPending } from "./pendingSession.js";
import { readCreated } from "./readCreated.js";
import type { Outcome } from "./readOutcome.js";
import { toOpenSession } from "./toOpenSession.js";

/** The session that is open, and what this page knows of it. */
type Current = {
  readonly created: CreatedSession;
  readonly session: OpenSession;
  /** Opened by this page, or answered for by the proxy: what is found in storage may be another user's, who was here before. */
  known: boolean;
  /** Its link was tapped on this device. */
  opened: boolean;
};

/** One pairing on one page: opens sessions, waits for their outcome, and says where it stands. Knows no React. */
export class PairFlow {
  /** The latest ones: a page passes new functions with each render. */
  options: JazzPairOptions;
  #state: PairState = { status: "idle" };
  #mounted = false;
  /** What is under way, a mint or a wait. Each has one of its own: what comes of a former one is not taken any more. */
  #run: AbortController | undefined;
  #current: Current | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(options: JazzPairOptions) {
    this.options = options;
  }

  readonly state = (): PairState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Begins, or goes on where it was left. StrictMode unmounts and mounts again in one go, which must not open a second
   * session: what is under way ends once the page has had the time to change its mind.
   */
  readonly mount = (): (() => void) => {
    this.#mounted = true;
    const stopListening = onReturn(this.#recover);
    if (this.#run === undefined) this.#begin();
    return () => {
      this.#mounted = false;
      stopListening();
      queueMicrotask(() => {
        if (!this.#mounted) this.#stop();
      });
    };
  };

  /** Opens a new session, with a new code. */
  readonly renew = (): void => {
    this.#forget();
    void this.#mint();
  };

  /** Asks for the outcome of the open session again, at once. */
  readonly check = (): void => {
    if (this.#current !== undefined) void this.#wait(this.#current);
  };

  /** Ends the session, unless the owner was faster: the proxy's word is what counts. */
  readonly cancel = async (): Promise<void> => {
    const current = this.#current;
    // Nobody has got a code yet.
    if (current === undefined) return this.#state.status === "creating" ? this.#end(cancelled()) : undefined;
    // It may end, or the page go away, while the proxy is asked.
    const isOpen = (): boolean => this.#mounted && this.#current === current;
    try {
      await cancelSession(this.options, current.session.sessionId);
      if (isOpen()) this.check();
    } catch (error) {
      if (isOpen()) this.#fail(error as PairFailure, current);
    }
  };

  /** Notes that the link was tapped. The browser follows it by itself. */
  readonly open = (): void => {
    const current = this.#current;
    if (current === undefined || this.#state.status !== "ready") return;
    current.opened = true;
    keepPending(this.options.octaneUrl, current.created, Date.now());
    this.#set(waiting(current));
  };

  #begin(): void {
    // What has ended stays so, however often the page hides and shows it.
    if (this.#state.status !== "idle" && !isUnderWay(this.#state)) return;
    const current = this.#current ?? this.#findPending();
    void (current === undefined ? this.#mint() : this.#wait(current));
  }

  #findPending(): Current | undefined {
    const created = findPending(this.options.octaneUrl, Date.now());
    try {
      // By the clock of the tap: the time may be up by now.
      const session = created && toOpenSession(created, created.tapped_at);
      return session && { created, session, known: false, opened: true };
    } catch {
      this.#forget();
      return undefined;
    }
  }

  /** Somebody looks at the page again, or the network is back. */
  readonly #recover = (): void => {
    const state = this.#state;
    const wasOutOfReach = state.status === "error" && state.error.kind === "network";
    if (this.#current !== undefined && (isUnderWay(state) || wasOutOfReach)) this.check();
    else if (wasOutOfReach) void this.#mint();
  };

  async #mint(): Promise<void> {
    const run = this.#start();
    this.#set({ status: "creating" });
    try {
      const created = await readCreated(await this.options.createSession({ signal: run.signal }));
      if (this.#run !== run) return;
      const session = toOpenSession(created, Date.now());
      void this.#wait({ created, session, known: true, opened: false });
    } catch (error) {
      if (this.#run === run) this.#fail(whyNotCreated(error), undefined);
    }
  }

  async #wait(current: Current): Promise<void> {
    const run = this.#start();
    this.#current = current;
    this.#watchDeadline(current);
    const { octaneUrl, apiKey } = this.options;
    const { sessionId } = current.session;
    const answered = (): void => {
      if (this.#run !== run || current.known) return;
      current.known = true;
      this.#watchDeadline(current);
    };
    try {
      const outcome = await awaitOutcome({ octaneUrl, apiKey, sessionId }, run.signal, answered);
      if (this.#run === run) this.#end(outcome);
    } catch (error) {
      if (this.#run !== run) return;
      const failure = error as PairFailure;
      const isUnknown = failure.kind === "http" && failure.status === 404;
      if (isUnknown && !current.known) this.renew();
      else this.#fail(failure, isUnknown ? undefined : current);
    }
  }

  /** Shows how much of the session is left, now and once nothing is. */
  #watchDeadline(current: Current): void {
    clearTimeout(this.#deadline);
    this.#set(waiting(current));
    const { expiresAt } = current.session;
    if (expiresAt === undefined || this.#state.status === "overdue") return;
    // A timer may fire a moment early, hence once more.
    this.#deadline = setTimeout(() => this.#watchDeadline(current), expiresAt - Date.now());
  }

  #start(): AbortController {
    this.#stop();
    const run = new AbortController();
    this.#run = run;
    return run;
  }

  #stop(): void {
    clearTimeout(this.#deadline);
    this.#run?.abort();
    this.#run = undefined;
  }

  #forget(): void {
    this.#current = undefined;
    forgetPending(this.options.octaneUrl);
  }

  #end(outcome: Outcome): void {
    this.#stop();
    if (this.#current !== undefined) endPending(this.options.octaneUrl, this.#current.created, Date.now());
    this.#current = undefined;
    if ("bindings" in outcome) {
      this.#set({ status: "complete", pair: outcome });
      tell(() => this.options.onComplete?.(outcome));
    } else if (outcome.kind === "rejected") {
      this.#set({ status: "rejected", error: outcome });
      tell(() => this.options.onReject?.(outcome));
    } else {
      this.#set({ status: "expired", error: outcome });
      tell(() => this.options.onExpire?.(outcome));
    }
  }

  #fail(error: PairFailure, current: Current | undefined): void {
    this.#stop();
    this.#current = current;
    this.#set({ status: "error", error, session: current && shownInError(current) });
    tell(() => this.options.onError?.(error));
  }

  #set(state: PairState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function waiting({ session, known, opened }: Current): PairState {
  if (!known) return { status: "creating" };
  const { expiresAt } = session;
  if (expiresAt !== undefined && Date.now() >= expiresAt) return { status: "overdue", session };
  return { status: opened ? "opened" : "ready", session };
}

const isUnderWay = ({ status }: PairState): boolean =>
  status === "creating" || status === "ready" || status === "opened" || status === "overdue";

/** What a callback throws is the page's own, and must not stop the pairing: the browser reports it. */
function tell(run: () => void): void {
  void Promise.resolve().then(run);
}

/** Of a session that may be another user's, only that there is one to ask for. */
const shownInError = ({ session, known }: Current): OpenSession =>
  known ? session : { ...session, code: undefined, link: session.shareLink };

function cancelled(): PairRejection {
  const completed_at = new Date().toISOString();
  const details = { kind: "rejected", reason: "cancelled", completed_at } as const;
  return new PairError("The pairing was cancelled on the page.", details) as PairRejection;
}

/** `createSession` is the page's own, and may throw anything: without a connection, `fetch` throws a TypeError. */
function whyNotCreated(error: unknown): PairFailure {
  const isOurs = error instanceof PairError && /^(network|http|deserialise)$/.test(error.kind);
  if (isOurs) return error as PairFailure;
  const kind = error instanceof TypeError || !navigator.onLine ? "network" : "deserialise";
  const message = "createSession failed: no session could be opened. See cause.";
  return new PairError(message, { kind, cause: error }) as PairFailure;
}
