// Starts the app. A file of its own, because the page allows no inline script.
// Trunk puts the template with the names of the code into index.html (Trunk.toml, pattern_script).

const { js, wasm } = document.getElementById("app-code").dataset;
const late = document.querySelector(".static-page__late");

try {
    const app = await import(js);
    await app.default({ module_or_path: wasm });
} catch (error) {
    // The page as the server sent it stays; it offers to try again without waiting any longer.
    late?.classList.add("static-page__late--now");
    throw error;
}
