"""`activities.typesetting` in a typeface that comes with typst, so that it runs where no typeface has Chinese characters."""

from activities import typesetting

LATIN = "Libertinus Serif"

if __name__ == "__main__":
    typesetting.find_typeface = lambda: LATIN
    # Papers of Chinese words become PDF all the same, their characters empty boxes.
    typesetting.STANDARDS = []
    typesetting.main()
