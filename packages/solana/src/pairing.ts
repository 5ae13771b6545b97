export * from "@sigil/astrotrain/pairing";
