import type { ApplianceEnd, OctaneEnd } from "./messages.js";

/** The other end of the link is not there. */
export class LinkDown extends Error {
  override readonly name = "LinkDown";
}

/**
 * A link within one process: what each side calls reaches the other side once that side is attached. Messages are
 * copied, as a wire would, so that neither side nor a test can change what the other has on record.
 */
export type Link = {
  readonly octane: OctaneEnd;
  readonly appliance: ApplianceEnd;
  attachOctane(end: OctaneEnd): void;
  attachAppliance(end: ApplianceEnd): void;
  isUp(): boolean;
  /** Cuts the link, or mends it. What is on its way when it is cut is lost. */
  setUp(up: boolean): void;
};

/** Makes a link of which no end is attached yet: calls reject with {@link LinkDown} until it is. */
export function createLink(): Link {
  let octane: OctaneEnd | undefined;
  let appliance: ApplianceEnd | undefined;
  const wire = createWire();
  const { carry } = wire;
  const copy = structuredClone;
  return {
    octane: {
      announce: (wallets) => carry(octane, (end) => end.announce(copy(wallets))),
      session: async (sessionId) => copy(await carry(octane, (end) => end.session(sessionId))),
      complete: async (approval) => copy(await carry(octane, (end) => end.complete(copy(approval)))),
      reject: async (sessionId, reason) => copy(await carry(octane, (end) => end.reject(sessionId, reason))),
      revoke: (pairId) => carry(octane, (end) => end.revoke(pairId)),
    },
    appliance: {
      validate: async (request) => copy(await carry(appliance, (end) => end.validate(copy(request)))),
      // Made for this one call and nothing nested but what is frozen: there is nothing to copy.
      sign: (message, signal) =>
        carry(appliance, async (end) => Object.freeze(await end.sign(freeze(message), signal))),
      revoked: (pairId) => carry(appliance, (end) => end.revoked(pairId)),
    },
    attachOctane: (end) => {
      octane = end;
    },
    attachAppliance: (end) => {
      appliance = end;
    },
    isUp: wire.isUp,
    setUp: wire.setUp,
  };
}

type Carry = <End, Answer>(end: End | undefined, call: (end: End) => Promise<Answer>) => Promise<Answer>;

function createWire(): Pick<Link, "isUp" | "setUp"> & { readonly carry: Carry } {
  let up = true;
  const onTheWay = new Set<(error: LinkDown) => void>();
  const carry: Carry = (end, call) =>
    new Promise((resolve, reject) => {
      if (!up) return reject(new LinkDown("The link is cut."));
      if (end === undefined) return reject(new LinkDown("Nothing is attached to the other end of the link."));
      onTheWay.add(reject);
      const arrive = (): void => void onTheWay.delete(reject);
      call(end).then(
        (answer) => {
          arrive();
          resolve(answer);
        },
        (error: unknown) => {
          arrive();
          reject(error);
        },
      );
    });
  return {
    carry,
    isUp: () => up,
    setUp: (next) => {
      up = next;
      if (up) return;
      for (const lose of [...onTheWay]) lose(new LinkDown("The link was cut meanwhile."));
      onTheWay.clear();
    },
  };
}

function freeze<Message extends { readonly sp: object }>(message: Message): Message {
  Object.freeze(message.sp);
  return Object.freeze(message);
}
