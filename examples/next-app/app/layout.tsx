import "@sigil/jazz-react/theme.css";
import type { ReactNode } from "react";

export const metadata = { title: "Example", icons: { icon: "data:," } };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
