type Session = { readonly session_id: string; readonly expires_at: string };

/** The cards on the screen of one appliance. */
export type Cards<Card extends Session> = {
  show(card: Card): void;
  away(sessionId: string): void;
  /** Those whose session may still be answered, oldest first. */
  all(): readonly Card[];
  clear(): void;
};

/** Makes an empty screen. A session scanned again has one card, the later one. */
export function createCards<Card extends Session>(now: () => number): Cards<Card> {
  const cards = new Map<string, Card>();
  const tidy = (): void => {
    for (const { session_id, expires_at } of [...cards.values()]) {
      if (Date.parse(expires_at) <= now()) cards.delete(session_id);
    }
  };
  return {
    show: (card) => {
      tidy();
      cards.delete(card.session_id);
      cards.set(card.session_id, card);
    },
    away: (sessionId) => void cards.delete(sessionId),
    all: () => {
      tidy();
      return [...cards.values()];
    },
    clear: () => cards.clear(),
  };
}
