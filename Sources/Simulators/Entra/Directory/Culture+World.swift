extension Culture {
    /// Names in other letters, among them two scripts that run from right to left.
    static let world: [Culture] = [
        Culture(
            "ru-RU", "Russia", dialing: "+7",
            given: "Алексей=aleksei Ольга=olga Пётр=petr Юлия=yuliya Щукарь=shchukar Наталья=natalya",
            surnames:
                "Иванов=ivanov Соловьёва=solovyova Щербаков=shcherbakov Ким=kim Жуков=zhukov Чайковская=chaikovskaya",
            places: "Москва/Москва, Казань/Татарстан, Йошкар-Ола/Марий Эл", streets: "улица Ленина, Невский проспект"),
        Culture(
            "uk-UA", "Ukraine", dialing: "+380",
            given: "Олександр=oleksandr Ірина=iryna Їжакевич=yizhakevych Соломія=solomiia Андрій=andrii",
            surnames: "Шевченко=shevchenko Ґудзь=gudz Єрмак=yermak Ткачук=tkachuk Коваленко=kovalenko",
            places: "Київ/Київ, Львів/Львівська область", streets: "вулиця Хрещатик, площа Ринок"),
        Culture(
            "el-GR", "Greece", dialing: "+30",
            given: "Γιώργος=giorgos Ελένη=eleni Αλέξανδρος=alexandros Ευαγγελία=evangelia Ιωάννης=ioannis",
            surnames: "Παπαδόπουλος=papadopoulos Νικολάου=nikolaou Οικονόμου=oikonomou Βλάχος=vlachos",
            places: "Αθήνα/Αττική, Θεσσαλονίκη/Μακεδονία", streets: "Οδός Ερμού, Λεωφόρος Συγγρού"),
        Culture(
            "ar-EG", "Egypt", dialing: "+20",
            given: "محمد=mohamed فاطمة=fatma يوسف=youssef نور=nour عبد_الرحمن=abdelrahman ليلى=laila",
            surnames: "حسن=hassan المصري=elmasry إبراهيم=ibrahim الشريف=elsherif عبد_الله=abdallah",
            places: "القاهرة/القاهرة, الإسكندرية/الإسكندرية", streets: "شارع التحرير, شارع النيل"),
        Culture(
            "he-IL", "Israel", dialing: "+972",
            given: "נועה=noa דוד=david שירה=shira אברהם=avraham תמר=tamar יעקב=yaakov",
            surnames: "כהן=cohen לוי=levi מזרחי=mizrahi פרץ=peretz בן_דוד=bendavid",
            places: "תל אביב/תל אביב, חיפה/חיפה", streets: "רחוב הרצל, שדרות רוטשילד"),
        Culture(
            "hi-IN", "India", dialing: "+91",
            given: "प्रिया=priya अर्जुन=arjun लक्ष्मी=lakshmi कृष्ण=krishna श्रेया=shreya विक्रम=vikram",
            surnames: "शर्मा=sharma पटेल=patel सिंह=singh गुप्ता=gupta श्रीवास्तव=srivastava",
            places: "मुंबई/महाराष्ट्र, दिल्ली/दिल्ली", streets: "महात्मा गांधी मार्ग, लिंक रोड"),
        Culture(
            "zh-CN", "China", dialing: "+86", familyFirst: true,
            given: "伟=wei 秀英=xiuying 小龙=xiaolong 婷婷=tingting 志强=zhiqiang 思远=siyuan",
            surnames: "王=wang 李=li 张=zhang 欧阳=ouyang 刘=liu 陈=chen 司马=sima",
            places: "上海/上海市, 深圳/广东省", streets: "南京东路, 人民大道"),
        Culture(
            "ja-JP", "Japan", dialing: "+81", familyFirst: true,
            given: "太郎=taro さくら=sakura 健一=kenichi アンナ=anna 結衣=yui 蓮=ren",
            surnames: "佐藤=sato 鈴木=suzuki 髙橋=takahashi 渡邉=watanabe 𠮷田=yoshida 田中=tanaka",
            places: "東京/東京都, 札幌/北海道", streets: "銀座四丁目, 大通西"),
        Culture(
            "ko-KR", "Korea", dialing: "+82", familyFirst: true,
            given: "민준=minjun 서연=seoyeon 지우=jiwoo 하은=haeun 도윤=doyun",
            surnames: "김=kim 이=lee 박=park 최=choi 남궁=namgung",
            places: "서울/서울특별시, 부산/부산광역시", streets: "세종대로, 해운대로"),
    ]

    static let all = west + world
}
