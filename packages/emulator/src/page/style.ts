/** The page's stylesheet: light and dark by what the system prefers, nothing from elsewhere. */
export const style: string = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f6f4, #16171a);
  --panel: light-dark(#ffffff, #1f2125);
  --ink: light-dark(#1c1d20, #e9e9ea);
  --faint: light-dark(#5c5f66, #a3a6ad);
  --line: light-dark(#d9dadd, #383b41);
  --act: light-dark(#1d4ed8, #8fb1ff);
  --on-act: light-dark(#ffffff, #10131a);
  --good: light-dark(#116329, #7ddf96);
  --good-ground: light-dark(#e3f4e7, #16301d);
  --bad: light-dark(#a3200d, #ffa193);
  --bad-ground: light-dark(#fdeae7, #3a1a16);
  --mark: light-dark(#ffdd57, #ffd23f);
  font: 15px/1.5 system-ui, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); }
header, main, .status { max-width: 64rem; margin-inline: auto; padding-inline: 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; padding-block: 1rem .5rem; }
.mark { flex-basis: 100%; margin: 0; padding: .4rem .8rem; border-radius: .4rem; background: var(--mark); color: #1c1d20; font-size: .9rem; }
.mark strong { letter-spacing: .12em; margin-inline-end: .6rem; }
nav { display: flex; gap: .25rem; flex-wrap: wrap; flex: 1; }
nav a { padding: .35rem .75rem; border-radius: .4rem; color: var(--ink); text-decoration: none; }
nav a:hover { background: var(--line); }
nav a[aria-current] { background: var(--ink); color: var(--ground); }
a { color: var(--act); }
.tools { display: flex; gap: .6rem; align-items: center; flex-wrap: wrap; font-size: .9rem; color: var(--faint); }
.live:not(:empty) { color: var(--faint); }
.status { margin-block: .25rem; min-height: 1.5rem; font-weight: 600; }
main { padding-block-end: 4rem; outline: none; }
h1 { font-size: 1.5rem; margin: .25rem 0 1rem; }
h2 { font-size: 1.1rem; margin: 0; }
h3 { font-size: .95rem; margin: 1.25rem 0 .4rem; }
h4 { font-size: 1.05rem; margin: 0 0 .5rem; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: .7rem; padding: 1.1rem 1.25rem; margin-block-end: 1rem; }
.card { border: 1px solid var(--act); border-inline-start-width: .3rem; border-radius: .5rem; padding: 1rem; margin-block: .6rem; }
.row { display: flex; flex-wrap: wrap; gap: .6rem .75rem; align-items: end; }
.spread { justify-content: space-between; align-items: center; }
.stack { display: grid; gap: .75rem; }
form.row { margin-block: .6rem; }
.card > .row { margin-block-start: .75rem; }
.row form.row { margin: 0; }
form.stack { margin-block: .75rem 1rem; }
.act { display: inline; margin: 0; }
.field { display: grid; gap: .15rem; font-size: .85rem; color: var(--faint); flex: 1 1 11rem; }
.field.wide { flex: 3 1 20rem; }
.field.short { flex: 0 1 13rem; }
input, select { font: inherit; font-size: .95rem; }
select, input:not([type=checkbox]) { width: 100%; padding: .4rem .6rem; border: 1px solid light-dark(#85888f, #74777f); border-radius: .4rem; background: var(--panel); color: var(--ink); }
::placeholder { color: var(--faint); opacity: 1; }
button { font: inherit; font-weight: 600; padding: .4rem .9rem; border: 1px solid var(--act); border-radius: .4rem; background: var(--act); color: var(--on-act); cursor: pointer; }
button.quiet { background: transparent; color: var(--act); }
button:hover { filter: brightness(1.12); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .8rem .6rem; margin: 0; min-width: 0; }
fieldset.inline { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; }
legend { font-size: .85rem; color: var(--faint); padding-inline: .3rem; }
.check { display: flex; gap: .5rem; align-items: baseline; padding-block: .1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { color: var(--faint); font-size: .9rem; }
dd { margin: 0; overflow-wrap: anywhere; }
dl.api { grid-template-columns: 1fr; }
dl.api dd { margin: 0 0 .6rem 1rem; }
dl.api dt { color: inherit; }
.plain { list-style: none; margin: 0; padding: 0; }
.plain > li { padding-block: .45rem; border-block-start: 1px solid var(--line); }
.plain > li:first-child { border: 0; }
.small { font-size: .85rem; color: var(--faint); }
.nothing { color: var(--faint); margin: .3rem 0; }
.id { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; color: var(--faint); font-weight: 400; }
.badge { display: inline-block; font-size: .8rem; font-weight: 600; padding: .05rem .55rem; border-radius: 1rem; border: 1px solid var(--line); vertical-align: middle; }
.good { color: var(--good); background: var(--good-ground); border-color: transparent; }
.bad { color: var(--bad); background: var(--bad-ground); border-color: transparent; }
.ask { max-width: 32rem; padding: 1.1rem 1.25rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--panel); color: var(--ink); }
.ask::backdrop { background: #0006; }
figure { margin: .6rem 0; }
figcaption { font-size: .9rem; overflow-wrap: anywhere; }
pre { margin: .3rem 0; padding: .6rem .8rem; background: var(--ground); border-radius: .4rem; overflow: auto; max-height: 24rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .85rem/1.5 ui-monospace, monospace; }
ol { margin: .3rem 0; padding-inline-start: 1.5rem; }
summary { cursor: pointer; padding-block: .3rem; }
details:not(.exchange) { margin-block-start: .75rem; }
.exchange { border-block-start: 1px solid var(--line); }
.exchange > summary { display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; }
.exchange .path { flex: 1; overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: .9rem; }
.copy { display: none; }
.js .copy { display: inline-block; }
.qr { display: block; inline-size: min(14rem, 100%); margin-block: .5rem; border-radius: .4rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; inset-inline-start: -99rem; }
.skip:focus { inset: .5rem auto auto .5rem; background: var(--panel); padding: .5rem 1rem; z-index: 1; }
`;
