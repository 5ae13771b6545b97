type Session = { readonly session_id: string; readonly expires_at: string };

/** The cards on the screen of one appliance. */
export type Cards<Card extends Session> = {
  show(card: Card): void;
  /** Calls `stop` once this card is no longer shown, at once where it is not. */
  untilAway(card: Card, stop: () => void): void;
  away(sessionId: string): void;
  /** Those whose session may still be answered, oldest first. */
  all(): readonly Card[];
  clear(): void;
};

/** Makes an empty screen. A session scanned again has one card, the later one. */
export function createCards<Card extends Session>(now: () => number): Cards<Card> {
  const cards = new Map<string, { readonly card: Card; stop: () => void }>();
  const away = (sessionId: string): void => {
    const shown = cards.get(sessionId);
    cards.delete(sessionId);
    shown?.stop();
  };
  const tidy = (): void => {
    for (const { card } of [...cards.values()]) {
      if (Date.parse(card.expires_at) <= now()) away(card.session_id);
    }
  };
  return {
    show: (card) => {
      tidy();
      away(card.session_id);
      cards.set(card.session_id, { card, stop: () => {} });
    },
    untilAway: (card, stop) => {
      const shown = cards.get(card.session_id);
      if (shown?.card === card) shown.stop = stop;
      else stop();
    },
    away,
    all: () => {
      tidy();
      return Array.from(cards.values(), ({ card }) => card);
    },
    clear: () => {
      for (const sessionId of [...cards.keys()]) away(sessionId);
    },
  };
}
