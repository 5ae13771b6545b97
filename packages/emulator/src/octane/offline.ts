import { LinkDown } from "../link/link.js";
import { Refusal } from "./refusal.js";

/** What the appliance answers, or the refusal for an appliance that cannot be reached. */
export async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof LinkDown)) throw error;
    throw new Refusal(
      "appliance_offline",
      "The user's appliance cannot be reached: try again once it is online.",
    );
  }
}
