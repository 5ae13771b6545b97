import { signingClient } from "./signingClient.js";

type Client = ReturnType<typeof signingClient>["client"];

/** What a call came to: what it returned, or what it threw. */
export type Settled = { readonly value: unknown } | { readonly error: unknown };

/** One input, made anew for each round; `n` tells rounds apart. */
export type Subject = {
  readonly name: string;
  make(n: number): {
    call(client: Client): Promise<unknown>;
    /** What a careless or malicious caller does to the input afterwards; may happen several times. */
    change(): void;
    /** Whether this is what the input was at the call. */
    check(settled: Settled): boolean | Promise<boolean>;
  };
};

/** What most readers of a live input would be caught by; every subject meets these first. */
const broad = ["after the call", "at every microtask", "when the owner is asked"];
const narrow = [...Array.from({ length: 20 }, (_, i) => `at microtask ${i + 1}`), "while the owner decides"];

export type Interleavings = { tried: number; readonly moments: Set<string>; readonly broken: string[] };

/** Goes through subjects and moments, `count` pairs of them or as many as the broad moments need, and tells which did not hold. */
export async function interleavings(
  subjects: readonly Subject[],
  count: number,
  sign: (payload: Uint8Array) => Uint8Array,
): Promise<Interleavings> {
  const result: Interleavings = { tried: 0, moments: new Set(), broken: [] };
  for (let n = 0; n < Math.max(count, subjects.length * broad.length); n++) {
    const subject = subjects[n % subjects.length] as Subject;
    const pass = Math.floor(n / subjects.length);
    // A stride, so that few rounds see moments of every sort.
    const moment = (broad[pass] ?? narrow[(pass * 7 + n * 11) % narrow.length]) as string;
    const { call, change, check } = subject.make(n);
    const settled = await settle(call(slowClient(moment, change, sign)), moment, change);
    result.tried++;
    result.moments.add(moment);
    if (!(await check(settled))) result.broken.push(`${subject.name}, changed ${moment}`);
  }
  return result;
}

function settle(promise: Promise<unknown>, moment: string, change: () => void): Promise<Settled> {
  if (moment === "after the call") change();
  const microtask = Number(/^at microtask (\d+)$/.exec(moment)?.[1] ?? 0);
  void (async () => {
    for (let i = 1; i <= 20; i++) {
      await undefined;
      if (moment === "at every microtask" || i === microtask) change();
    }
  })();
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** Answers honestly, after the owner took a moment to decide. */
function slowClient(moment: string, change: () => void, sign: (payload: Uint8Array) => Uint8Array): Client {
  const { client } = signingClient(sign);
  return {
    sign: async (options) => {
      if (moment === "when the owner is asked") change();
      await new Promise((resolve) => setImmediate(resolve));
      if (moment === "while the owner decides") change();
      return client.sign(options);
    },
  };
}

/** Bytes in each kind of memory that can change under a reader, and how to change them. */
export const changingBytes: Readonly<
  Record<string, (bytes: Uint8Array) => { readonly view: Uint8Array; change(): void }>
> = {
  "an array": (bytes) => {
    const view = bytes.slice();
    return { view, change: () => void view.fill(0xee) };
  },
  "a part of a larger buffer": (bytes) => {
    const view = new Uint8Array(new ArrayBuffer(bytes.length + 20), 10, bytes.length);
    view.set(bytes);
    return { view, change: () => void view.fill(0xee) };
  },
  "a resizable buffer": (bytes) => {
    const buffer = new (ArrayBuffer as unknown as ResizableBuffer)(bytes.length, { maxByteLength: 4096 });
    const view = new Uint8Array(buffer);
    view.set(bytes);
    return { view, change: () => buffer.resize(buffer.byteLength === 7 ? 4000 : 7) };
  },
  "shared memory": (bytes) => {
    const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
    view.set(bytes);
    return { view, change: () => void view.fill(0xee) };
  },
  "a buffer that is taken away": (bytes) => {
    const view = bytes.slice();
    return { view, change: () => void structuredClone(view.buffer, { transfer: [view.buffer] }) };
  },
};

/** Newer than the library this is compiled against. */
type ResizableBuffer = new (
  length: number,
  options: { maxByteLength: number },
) => ArrayBuffer & { resize(length: number): void };

/** The same fields behind a Proxy, and a switch after which it shows others. */
export function changingProxy<T extends object>(before: T, after: T): { readonly proxy: T; change(): void } {
  let changed = false;
  const proxy = new Proxy(before, {
    get: (target, key, receiver) => Reflect.get(changed ? after : target, key, receiver),
  });
  return {
    proxy,
    change: () => {
      changed = true;
    },
  };
}
