import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { figure } from "../testing/src/promises.js";
import { publicPackages, readManifest } from "./publicPackages.js";
import { root } from "./run.js";
import { setRepository } from "./setRepository.js";

type Permissions = Readonly<Record<string, string>> | string;
type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
};
type Job = {
  readonly permissions?: Permissions;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly uses?: string;
};
type Workflow = {
  readonly on: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions;
  readonly jobs: Readonly<Record<string, Job>>;
};

const folder = join(root, ".github/workflows");
const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, text, workflow: parse(text) as Workflow };
});
const stepsOf = ({ jobs }: Workflow): readonly Step[] =>
  Object.values(jobs).flatMap(({ steps = [] }) => steps);

/** What about a workflow would let someone else's code, or a stranger's pull request, at a release. */
function faults(text: string): readonly string[] {
  const workflow = parse(text) as Workflow;
  const steps = stepsOf(workflow);
  const actions = [...Object.values(workflow.jobs), ...steps].flatMap(({ uses }) => uses ?? []);
  const unpinned = actions.filter((action) => !/^(\.\/|[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40}$)/.test(action));
  const events = typeof workflow.on === "object" ? workflow.on : { [workflow.on]: null };
  const triggers = Array.isArray(events) ? events : Object.keys(events);
  return [
    ...unpinned.map((action) => `${action} is not pinned by a commit`),
    ...["pull_request_target", "workflow_run"].filter((event) => triggers.includes(event)),
    // What a pull request names itself would be run by the shell.
    ...steps.filter(({ run = "" }) => run.includes("${{")).map(({ run }) => `an expression in: ${run}`),
    ...(/\bsecrets\s*[.[]|secrets:\s*inherit/.test(text) ? ["uses a secret"] : []),
    ...(/NPM_TOKEN|NODE_AUTH_TOKEN|_authToken/i.test(text) ? ["uses a token of npm"] : []),
    ...(typeof workflow.permissions === "object"
      ? []
      : ["leaves its permissions to the repository's settings"]),
    ...steps
      .filter(({ uses = "" }) => uses.startsWith("actions/checkout@"))
      .filter((step) => step.with?.["persist-credentials"] !== false)
      .map(() => "leaves the checkout's token on disk"),
  ];
}

test("R58: every action is pinned by a commit, and no workflow takes secrets or strangers' code", () => {
  const found = workflows.flatMap(({ file, text }) => faults(text).map((fault) => `${file}: ${fault}`));
  expect(found).toEqual([]);
  const actions = workflows.flatMap(({ workflow }) => stepsOf(workflow).flatMap(({ uses }) => uses ?? []));
  const pinned = actions.filter((action) => /@[0-9a-f]{40}$/.test(action));
  expect(pinned.length).toBeGreaterThan(0);
  expect(pinned).toEqual(actions);
  figure(
    "R58",
    `${pinned.length} of ${actions.length} actions in ${workflows.length} workflows pinned by commit`,
  );
});

test("R58: packages are published by OIDC with provenance, by a job that can do nothing else", () => {
  const { workflow } = workflows.find(({ file }) => file === "publish.yml") ?? expect.fail("no publish.yml");
  expect(workflow.on).toEqual({ workflow_dispatch: null });
  expect(workflow.permissions).toEqual({});
  const { pack, publish, ...others } = workflow.jobs;
  expect(others).toEqual({});
  expect(pack?.permissions).toEqual({ contents: "read" });
  expect(publish?.permissions).toEqual({ "id-token": "write" });
  expect(publish?.env).toEqual({ NPM_CONFIG_PROVENANCE: "true" });
  // It has no checkout and installs nothing: what it publishes was packed by the other, which has no identity.
  const commands = publish?.steps?.flatMap(({ run }) => run ?? []) ?? [];
  expect(commands.join("\n")).toMatch(/\bnpm publish "\.\/\$tarball"/);
  expect(commands.join("\n")).not.toMatch(/install|pnpm|npx|npm (ci|run|exec)/);
  expect(publish?.steps?.some(({ uses = "" }) => uses.startsWith("actions/checkout@"))).toBe(false);

  const packages = publicPackages();
  const proven = packages.filter(({ manifest }) => manifest.publishConfig?.provenance === true);
  expect(proven).toEqual(packages);
  figure("R58", `${proven.length} of ${packages.length} packages published by OIDC with provenance only`);
});

describe("the check of workflows", () => {
  const good = readFileSync(join(folder, "publish.yml"), "utf8");
  const expression = (text: string): string => `$\{{ ${text} }}`;
  test.each([
    ["a tag in place of a commit", /@3d3c42e5\w+/, "@v7"],
    ["a branch of an action in a folder", "actions/setup-node@", "actions/setup-node/sub@main #"],
    ["pull_request_target", "workflow_dispatch:", "pull_request_target:"],
    [
      "an expression in a shell line",
      "- run: .ci/run",
      `- run: echo ${expression("github.event.issue.title")}`,
    ],
    ["a secret", 'NPM_CONFIG_PROVENANCE: "true"', `X: ${expression("secrets.X")}`],
    ["a token of npm", 'NPM_CONFIG_PROVENANCE: "true"', "NODE_AUTH_TOKEN: x"],
    ["permissions by default", "permissions: {}", ""],
    ["all permissions", "permissions: {}", "permissions: write-all"],
    ["credentials that stay", "persist-credentials: false", "fetch-depth: 1"],
  ])("behavior: %s is found", (_, from, to) => {
    expect(faults(good)).toEqual([]);
    const bad = good.replace(from, to);
    expect(bad).not.toBe(good);
    expect(faults(bad)).toHaveLength(1);
  });
});

describe("setRepository", () => {
  const written = (environment: Record<string, string>): unknown => {
    const copy = mkdtempSync(join(tmpdir(), "sigil-repository-"));
    try {
      mkdirSync(join(copy, "packages/a"), { recursive: true });
      writeFileSync(join(copy, "packages/a/package.json"), '{ "name": "@sigil/a", "version": "1.0.0" }');
      writeFileSync(join(copy, "packages/a/README.md"), "[b](../b/README.md)");
      setRepository(environment, copy);
      const readme = readFileSync(join(copy, "packages/a/README.md"), "utf8");
      return { ...readManifest(join(copy, "packages/a")), readme };
    } finally {
      rmSync(copy, { recursive: true });
    }
  };

  test("default", () => {
    const environment = {
      GITHUB_REPOSITORY: "some/one",
      GITHUB_SERVER_URL: "https://git.example",
      GITHUB_SHA: "1a2b",
    };
    expect(written(environment)).toEqual({
      name: "@sigil/a",
      version: "1.0.0",
      homepage: "https://git.example/some/one/tree/1a2b/packages/a#readme",
      bugs: "https://git.example/some/one/issues",
      readme: "[b](https://git.example/some/one/blob/1a2b/packages/b/README.md)",
      repository: { type: "git", url: "git+https://git.example/some/one.git", directory: "packages/a" },
    });
  });

  test.each([
    ["nothing", {}],
    ["no owner", { GITHUB_REPOSITORY: "one" }],
    ["another URL", { GITHUB_REPOSITORY: "some/one/../two" }],
    ["a server with a user", { GITHUB_REPOSITORY: "some/one", GITHUB_SERVER_URL: "https://a@b" }],
  ])("behavior: refuses %s", (_, environment) => {
    expect(() => written(environment)).toThrow("GITHUB_REPOSITORY");
  });
});
