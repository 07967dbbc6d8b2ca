/**
 * What xaringan does for `autoplay` and `countdown`: slides advance by themselves, and each shows the time left.
 * @param {{interval?: number, loop?: boolean, countdown?: number}} timing  times in milliseconds
 */
function ({ interval, loop, countdown }) {
  if (interval) {
    setInterval(() => {
      const last = slideshow.getCurrentSlideIndex() === slideshow.getSlideCount() - 1;
      if (!last) slideshow.gotoNextSlide();
      else if (loop) slideshow.gotoFirstSlide();
    }, interval);
  }
  if (!countdown) return;
  const clock = document.createElement("span");
  clock.className = "xaringan-countdown";
  let end = 0;
  const show = () => {
    const left = Math.round((end - Date.now()) / 1000);
    const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
    clock.textContent = `${left < 0 ? "−" : ""}${minutes}:${String(seconds).padStart(2, "0")} · `;
    clock.style.color = left < 0 ? "#d00" : "";
  };
  const begin = () => {
    end = Date.now() + countdown;
    document.querySelector(".remark-visible .remark-slide-number")?.prepend(clock);
    show();
  };
  slideshow.on("afterShowSlide", begin);
  begin();
  setInterval(show, 1000);
}
