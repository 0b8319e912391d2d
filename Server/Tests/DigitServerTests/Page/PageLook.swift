/// What a page looks like, measured in the page itself.
struct PageLook: Decodable {
    /// A text whose colour stands out too little from what is behind it.
    struct PaleText: Decodable {
        let text: String
        let contrast: Double
    }

    /// The widest that anything in the page reaches, in pixels.
    let scrollWidth: Int
    /// Elements that reach beyond the window's right or left edge.
    let outside: [String]
    /// Texts with less contrast than 4.5 (WCAG 2.2, success criterion 1.4.3).
    let pale: [PaleText]
    /// How many texts were measured.
    let textCount: Int

    /// An expression that measures the page.
    static let script = """
        (() => {
          const channels = color => color.match(/[\\d.]+/g).map(Number);
          const light = color => {
            const [r, g, b] = color.map(value => value / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const over = (front, back) => {
            const alpha = front[3] ?? 1;
            return [0, 1, 2].map(index => front[index] * alpha + back[index] * (1 - alpha));
          };
          const ground = element => {
            const back = element.parentElement ? ground(element.parentElement) : [255, 255, 255];
            return over(channels(getComputedStyle(element).backgroundColor), back);
          };
          const contrast = element => {
            const back = ground(element), front = over(channels(getComputedStyle(element).color), back);
            const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05);
          };
          const visible = [...document.querySelectorAll("body *")].filter(element =>
            element.checkVisibility() && !element.closest(".hidden") && getComputedStyle(element).opacity !== "0");
          const texts = visible.filter(element =>
            [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
          return {
            scrollWidth: document.documentElement.scrollWidth,
            outside: visible.filter(element => !element.closest("#stage")).filter(element => {
              const frame = element.getBoundingClientRect();
              return frame.right > innerWidth + 0.5 || frame.left < -0.5;
            }).map(element => element.outerHTML.slice(0, 80)),
            pale: texts.map(element => ({ text: element.textContent.slice(0, 40), contrast: contrast(element) }))
              .filter(({ contrast }) => contrast < 4.5),
            textCount: texts.length,
          };
        })()
        """
}
