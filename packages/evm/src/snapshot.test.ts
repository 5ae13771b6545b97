import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { fieldsOf } from "./fieldsOf.js";
import { snapshot, snapshotData } from "./snapshot.js";

describe("snapshot", () => {
  test("default: plain objects, arrays and bytes are copied all the way down", () => {
    const original = { list: [{ a: 1n }], bytes: new Uint8Array([1]), none: undefined, text: "x" };
    const copy = snapshot(original);
    expect(copy).toEqual(original);
    original.list[0] = { a: 2n };
    original.list.push({ a: 3n });
    original.bytes[0] = 9;
    expect(copy).toEqual({ list: [{ a: 1n }], bytes: new Uint8Array([1]), none: undefined, text: "x" });
    expect("none" in copy).toBe(true);
  });

  test("behavior: a view into a larger buffer copies its own bytes alone", () => {
    const view = new Uint8Array(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2);
    expect(snapshot(view)).toEqual(new Uint8Array([2, 3]));
    expect(snapshot(Buffer.from("ab"))).toEqual(new Uint8Array([97, 98]));
  });

  test("behavior: instances and functions are kept as they are", () => {
    class Kzg {
      #secret = 1;
      read(): number {
        return this.#secret;
      }
    }
    const kzg = new Kzg();
    const copy = snapshot({ kzg, run: kzg.read });
    expect(copy.kzg).toBe(kzg);
    expect(copy.run).toBe(kzg.read);
  });

  test("behavior: plain objects and bytes of another realm are copied", () => {
    const foreign = runInNewContext("({ list: [{ a: 1 }], bytes: new Uint8Array([1]) })");
    const copy = snapshot(foreign);
    foreign.list[0].a = 2;
    foreign.bytes[0] = 2;
    expect(copy).toEqual({ list: [{ a: 1 }], bytes: new Uint8Array([1]) });
  });

  test("behavior: getters are read once", () => {
    let reads = 0;
    const copy = snapshot({
      get nonce() {
        return reads++;
      },
    });
    expect([copy.nonce, copy.nonce, reads]).toEqual([0, 0, 1]);
  });

  test("behavior: circles stay circles", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const copy = snapshot(circle);
    expect(copy).not.toBe(circle);
    expect(copy.self).toBe(copy);
  });

  test("behavior: no key pollutes a prototype", () => {
    const copy = snapshot(JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, unknown>);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Object.keys(copy)).toEqual(["__proto__"]);
  });
});

describe("snapshotData", () => {
  test("default: instances become plain, with all that can be read from them", () => {
    class Entry {
      keys = [1];
      get address() {
        return "0x";
      }
      method() {}
    }
    const entry = new Entry();
    const copy = snapshotData([entry]);
    entry.keys.push(2);
    expect(copy).toEqual([{ keys: [1], address: "0x" }]);
  });
});

describe("fieldsOf", () => {
  test("behavior: fields of a base without a prototype are read, those of the root are not", () => {
    const base = Object.assign(Object.create(null), { to: "0x", value: 5n });
    expect(fieldsOf(Object.assign(Object.create(base), { nonce: 1 }))).toEqual({
      to: "0x",
      value: 5n,
      nonce: 1,
    });
    expect(fieldsOf({})).toEqual({});
  });
});
