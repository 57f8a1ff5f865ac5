/* What the page is made of, and what is wrong with it that is seen at a glance.

The page is cut into blocks: the header, sections, forms … Where a block stands and what it is made
of, up to the blocks inside it, is its key. Words, numbers and addresses are left out of it: axe
judges elements, names and colours, not words. Each block comes after the one it stands in. */
() => {
    const CUT = ["header", "nav", "main", "footer", "section", "article", "aside", "form", "details"];
    const ADDRESSES = ["href", "action", "value", "datetime"];
    const REFERS = ["for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls",
        "aria-owns", "aria-details", "aria-errormessage", "aria-activedescendant"];
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const blocks = [], keys = [], around = [], referred = new Set(), ids = [];

    const attribute = ({ name, value }) => {
        if (ADDRESSES.includes(name)) return ` ${name}="${value && "x"}"`;
        return ` ${name}="${value.replace(/[A-Za-z0-9]{64}/g, "").replace(/[0-9]+/g, "0")}"`;
    };
    const tag = (element, head) => {
        const own = [...element.attributes].filter(({ name }) => !head || name !== "aria-current");
        return `<${element.localName}${own.map(attribute).join("")}>`;
    };
    const refer = (element) => {
        if (element.id) ids.push(element.id);
        for (const name of REFERS)
            for (const id of (element.getAttribute(name) ?? "").split(/\s+/)) referred.add(id);
    };
    const block = (element, path, outer, head) => {
        const at = blocks.push(element) - 1;
        around.push(outer);
        keys.push("");
        keys[at] = path + inside(element, path, at, head);
    };
    const inside = (element, path, at, head) => [...element.childNodes].map((node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() && "x";
        if (node.nodeType !== Node.ELEMENT_NODE) return "";
        const within = head || node.localName === "header";
        const start = tag(node, within);
        refer(node);
        if (CUT.includes(node.localName)) {
            block(node, path + start, at, within);
            return start;
        }
        return `${start}${inside(node, path + start, at, within)}</>`;
    }).join("");

    const widest = () => {
        const right = (element) => element.getBoundingClientRect().right;
        return [...document.body.querySelectorAll("*")]
            .reduce((one, other) => (right(other) >= right(one) ? other : one)).outerHTML;
    };

    block(document.body, `${innerWidth} ${dark} ${tag(document.body)}`, -1, false);
    window.__blocks = blocks;
    return {
        keys,
        around,
        broken: window.__broken ?? [],
        wide: document.documentElement.scrollWidth > innerWidth ? widest() : null,
        twice: ids.filter((id, at) => referred.has(id) && ids.indexOf(id) !== at),
    };
}
