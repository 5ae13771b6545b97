/**
 * A package's README as npm shows it, away from the repository: links to files beside it lead to `folderUrl`, where the
 * sources of the release are, and it does not say any more that the package is not published.
 */
export const publishedReadme = (readme: string, folderUrl: string): string =>
  readme
    .replace(/^Not published yet:.*\n\n?/gm, "")
    .replace(/\]\((?!#|[a-z]+:)([^)\s]+)\)/g, (_, path: string) => `](${new URL(path, `${folderUrl}/`)})`);
