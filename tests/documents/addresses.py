"""Made-up addresses in several scripts, for the papers around a pile."""

from __future__ import annotations

OTHER_SCRIPTS = (
    ("شركة البيانات المحدودة", "شارع المثال ١٢", "رام الله 600", "PALESTINE"),
    ("חברת נתונים בדויה", "רחוב הדוגמה 12, דירה 4", "תל אביב 6100000", "ISRAEL"),
    ("北京示例数据有限公司", "北京市海淀区示例路 12 号", "100080 北京市", "CHINA"),
    ("株式会社サンプルデータ", "見本ビル 4階", "東京都千代田区見本町1-2-3", "JAPAN"),
    ("샘플데이터 주식회사", "서울특별시 종로구 견본로 12", "03000", "SOUTH KOREA"),
    ("Công ty Dữ liệu Mẫu", "12 Đường Ví dụ", "Thành phố Hồ Chí Minh 700000", "VIETNAM"),
    ("Data Broker (שם בדוי) Ltd.", "12 Example St (شارع)", "Albany, NY 12207"),
)
