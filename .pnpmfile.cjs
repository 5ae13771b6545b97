// pnpm puts siblings into a packed manifest in whatever order it has read them, so two builds would differ. Nobody who
// installs a package needs what it is developed and built with.
const sorted = (entries) => Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));

module.exports = {
  hooks: {
    beforePacking: ({ devDependencies: _, scripts: __, ...manifest }) =>
      manifest.dependencies === undefined
        ? manifest
        : { ...manifest, dependencies: sorted(manifest.dependencies) },
  },
};
