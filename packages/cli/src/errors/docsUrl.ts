/**
 * Where the repository that a package was published from has its pages, as of that release: up to `docs/errors.md`. Nothing
 * where `homepage`, which is written when it is packed, is not there: an unpublished package has no address.
 */
export function docsUrl(homepage: string | undefined): string | undefined {
  const [, repository, commit] =
    /^(https:\/\/.+)\/tree\/([^/]+)\/packages\/[^/]+$/.exec(homepage?.split("#")[0] ?? "") ?? [];
  return repository === undefined ? undefined : `${repository}/blob/${commit}/`;
}
