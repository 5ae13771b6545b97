import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "../journal/Journal.js";
import { unusable, writeWhole } from "./files.js";
import { StorageError } from "./StorageError.js";

/** The id of the setting that holds the first service provider's own credentials. */
export const credentialsId = "sp";

/** Where they are kept: not in the database, which has the hash of the API key and the public key alone. */
export type CredentialsFile = {
  /** The setting, where there is one. */
  read(): Row | undefined;
  write(row: Row): void;
};

type Credentials = { readonly id: string; readonly apiKey: string; readonly privateKeySeed: string };

const variables = {
  id: "SIGIL_SP_ID",
  apiKey: "SIGIL_API_KEY",
  privateKeySeed: "SIGIL_SP_SEED",
} as const satisfies Record<keyof Credentials, string>;

const names = Object.keys(variables) as (keyof Credentials)[];

/** The file `sp.env` of the folder, as `node --env-file` reads it; without a folder, memory. */
export function credentialsFile(dir: string | undefined): CredentialsFile {
  if (dir === undefined) {
    let kept: Row | undefined;
    return {
      read: () => kept,
      write: (row) => {
        kept = row;
      },
    };
  }
  const path = join(dir, "sp.env");
  return {
    read: () => {
      const text = readIfThere(path);
      return text === undefined ? undefined : { sp: JSON.stringify(parse(text, path)) };
    },
    write: ({ sp }) => {
      const credentials = checked(JSON.parse(String(sp)));
      const lines = names.map((name) => `${variables[name]}=${credentials[name]}`);
      writeWhole(path, `# The emulator's first service provider. Secret.\n${lines.join("\n")}\n`);
    },
  };
}

/** Each is one word: what is written here is read as variables of an environment. @throws StorageError `bad_state`. */
function checked(credentials: Partial<Credentials> | null): Credentials {
  const wrong = names.find((name) => !/^[\w-]{1,200}$/.test(credentials?.[name] ?? ""));
  if (wrong === undefined) return credentials as Credentials;
  throw new StorageError("bad_state", `The first service provider's ${wrong} is none`, "export it anew.");
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw unusable(path, error);
  }
}

function parse(text: string, path: string): Credentials {
  const found = names.map((name) => {
    const value = new RegExp(`^${variables[name]}=(.+)$`, "m").exec(text)?.[1]?.trim();
    if (value !== undefined && value !== "") return [name, value];
    const next = "restore it, or delete the file for a new service provider.";
    throw new StorageError("unusable", `${path} has no ${variables[name]}`, next);
  });
  return Object.fromEntries(found) as Credentials;
}
