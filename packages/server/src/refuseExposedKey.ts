import { ConfigError } from "@sigil/astrotrain/pairing";

/** What names have to begin with for Next.js, Vite, SvelteKit, Astro, Create React App and others to put them into pages. */
const exposed =
  /^(NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|BUN_PUBLIC|PUBLIC|VITE|REACT_APP|VUE_APP|NG_APP|GATSBY|STORYBOOK|RAZZLE)_/i;

/**
 * A key in such a variable is in the next build's pages, whether or not one of them asks for it.
 *
 * @throws ConfigError that names the variable
 */
export function refuseExposedKey(apiKey: string): void {
  const name = Object.entries(environment()).find(
    ([each, value]) => exposed.test(each) && value?.trim() === apiKey,
  )?.[0];
  if (name === undefined) return;
  throw new ConfigError(
    "apiKey",
    `is also in the environment variable ${name}, which bundlers put into pages. Take it out there, and if anything was built with it, replace the key.`,
  );
}

/** There are runtimes that have none, and such as have to allow that it is read. */
function environment(): Readonly<Record<string, string | undefined>> {
  try {
    return { ...globalThis.process?.env };
  } catch {
    return {};
  }
}
