"""What the press said of Belitung. Nothing else in the demo is said of a real place; each fact keeps its address."""

from __future__ import annotations

PILOT_2021 = (
    "https://belitung.tribunnews.com/2021/09/28/"
    "kepala-bnn-akan-kunjungi-desa-aik-pelempang-jaya-jadi-pilot-project-desa-bersinar"
)
LALANG_2022 = (
    "https://beltimnews.com/jadi-desa-bersinar-lalang-acuan-desa-di-beltim-dalam-penanganan-narkoba/"
)
YEAR_2022 = "https://belitongekspres.disway.id/read/640833/sepanjang-tahun-2022-bnnk-belitung-canangkan-2-desa-bersinar"
RAKOR_2023 = "https://belitongtoday.com/bnnk-belitung-targetkan-bentuk-dua-desa-bersinar/"
TARGETS_2023 = (
    "https://belitongekspres.disway.id/read/642442/"
    "bnnk-belitung-target-bentuk-2-desa-bersinar-2023-tanjung-binga-dan-dukong"
)
LAUNCH_2023 = (
    "https://pradivanews.com/2023/10/26/tanjung-binga-sebagai-desa-bersinar-kelima-tahun-2023-"
    "dalam-program-ketahanan-keluarga-berbasis-sumber-daya-pembangunan-desa/"
)

# Codes of the Ministry of Home Affairs.
AIK_PELEMPANG_JAYA = "19.02.01.2013"
AIR_MERBAU = "19.02.01.2012"
DUKONG = "19.02.01.2007"  # in Tanjungpandan; Belitung Timur has a village of the same name
LALANG = "19.06.01.2006"
PEGANTUNGAN = "19.02.05.2006"
TANJUNG_BINGA = "19.02.04.2005"
