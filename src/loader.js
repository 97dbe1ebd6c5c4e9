// Starts the app. A file of its own, because the page allows no inline script.
// Trunk puts the template with the names of the code into index.html (Trunk.toml, pattern_script);
// a release build adds which part of the app needs which files: `part=file+file part=file`.

const { js, wasm, parts = "" } = document.getElementById("app-code").dataset;
const late = document.querySelector(".static-page__late");

// The part that is behind these words of an address comes together with the app, not after it.
const partOf = {
    apply: "apply",
    my: "apply",
    committee: "committee",
    manage: "committee",
    board: "board",
    timeline: "timeline",
};
const wanted = location.pathname.split("/").map((word) => partOf[word]);
for (const [part, files] of parts.split(" ").map((entry) => entry.split("="))) {
    if (!files || !wanted.includes(part)) continue;
    for (const file of files.split("+")) {
        const link = document.createElement("link");
        Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous" });
        link.href = new URL(file, new URL(js, location.href)).href;
        document.head.append(link);
    }
}

// A program that breaks off answers nothing any more; whoever uses it is told so.
function stopped(error) {
    if (!(error instanceof WebAssembly.RuntimeError)) return;
    document.querySelector(".static-page__stopped").hidden = false;
}
addEventListener("error", ({ error }) => stopped(error));
addEventListener("unhandledrejection", ({ reason }) => stopped(reason));

try {
    const app = await import(js);
    await app.default({ module_or_path: wasm });
} catch (error) {
    // The page as the server sent it stays; it offers to try again without waiting any longer.
    late?.classList.add("static-page__late--now");
    throw error;
}
