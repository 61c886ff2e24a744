/** The look of all our pages, in light and dark, from 320 px on. */
export const STYLE = `:root{color-scheme:light dark;--page:#f5f5f5;--card:#fff;--text:#242424;--subtle:#5c5c5c;--line:#d1d1d1;--soft:#f0f0f0;--brand:#0f6cbd;--on-brand:#fff;--good:#0e700e;--bad:#b10e1c;font:16px/1.5 "Segoe UI",system-ui,sans-serif}
@media(prefers-color-scheme:dark){:root{--page:#1f1f1f;--card:#292929;--text:#f5f5f5;--subtle:#bdbdbd;--line:#525252;--soft:#3d3d3d;--brand:#479ef5;--on-brand:#0a2e4a;--good:#54b054;--bad:#f1707b}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;padding:1rem;display:flex;flex-direction:column;align-items:center;gap:1rem;background:var(--page);color:var(--text)}
.brand{width:100%;max-width:30rem;display:flex;align-items:center;gap:.5rem;font-weight:600}.brand svg{width:2rem;height:2rem;border-radius:.375rem}
main{width:100%;max-width:30rem;padding:1.75rem;border-radius:.5rem;background:var(--card);border:1px solid var(--line);overflow-wrap:anywhere}
.wide main,.wide .brand{max-width:46rem}
h1{margin:0 0 .75rem;font-size:1.375rem;line-height:1.3}h2{margin:1.5rem 0 .5rem;font-size:1rem}p{margin:.5rem 0}.subtle{color:var(--subtle);font-size:.875rem}
.sign{display:grid;place-items:center;width:2.5rem;height:2.5rem;margin-bottom:.75rem;border:2px solid;border-radius:50%;font-size:1.25rem;font-weight:700;line-height:1}.good{color:var(--good)}.bad{color:var(--bad)}
.code{margin:1rem 0 .5rem;font-size:2.5rem;font-weight:600;letter-spacing:.3rem;font-variant-numeric:tabular-nums}
.refused{padding:.625rem .875rem;border-left:.25rem solid var(--bad);background:var(--soft)}
dl{margin:1rem 0 .5rem;padding:.75rem .875rem;border-radius:.25rem;background:var(--soft);font-size:.875rem}dt{color:var(--subtle)}dd{margin:0 0 .5rem;font-family:Consolas,monospace}dd:last-child{margin:0}
pre{margin:.5rem 0;max-height:9rem;overflow:auto;padding:.75rem;border-radius:.25rem;background:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere;font:.8125rem/1.45 Consolas,monospace}code{font-family:Consolas,monospace;font-size:.875em}
label{display:block;margin:1.25rem 0 .25rem;font-weight:600}
input[type=password]{width:100%;padding:.5rem .625rem;margin-bottom:1rem;border:1px solid var(--subtle);border-radius:.25rem;background:var(--card);color:inherit;font:inherit}
button,.button{display:inline-block;padding:.5rem 1.125rem;border:1px solid transparent;border-radius:.25rem;background:var(--brand);color:var(--on-brand);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.quiet{background:none;border-color:var(--subtle);color:inherit}[hidden]{display:none!important}
:focus-visible{outline:2px solid var(--brand);outline-offset:2px}
a{color:var(--brand)}.button{color:var(--on-brand)}.button.quiet{color:inherit}
.end{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line)}
.said{margin-left:.625rem;color:var(--subtle);font-size:.875rem}
details{margin:1rem 0}summary{cursor:pointer;font-weight:600}
.tabs{margin-top:1.25rem}.tabs>input{position:absolute;opacity:0}.tabs>label{display:inline-block;margin:0 .25rem .5rem 0;padding:.4rem .875rem;border:1px solid var(--subtle);border-radius:1.25rem;cursor:pointer}
.tabs>input:checked+label{background:var(--brand);border-color:var(--brand);color:var(--on-brand)}.tabs>input:focus-visible+label{outline:2px solid var(--brand);outline-offset:2px}
.tabs>section{display:none}#tab1:checked~.panel1,#tab2:checked~.panel2{display:block}
.live{margin:0;padding:0;list-style:none}.live li{margin:.25rem 0}
@media(max-width:26rem){body{padding:.5rem}main{padding:1.25rem}.code{font-size:2rem}}`;
