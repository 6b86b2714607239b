extension Culture {
    /// Names in Latin letters.
    static let west: [Culture] = [
        Culture(
            "en-US", "United States", dialing: "+1",
            given: "Avery Brooklyn Carlos=carlos Dakota Emma Grace Isaiah José=jose Maya Noah Renée=renee Zoë=zoe",
            surnames:
                "Adams Baker Carter García=garcia Johnson Lee Martinez Nguyễn=nguyen Smith Washington Young Núñez=nunez",
            places: "Seattle/WA, Austin/TX, Boston/MA", streets: "Pine Street, 5th Avenue, Martin Luther King Jr. Way"),
        Culture(
            "en-IE", "Ireland", dialing: "+353",
            given: "Aoife Cian Ciarán=ciaran Niamh Oisín=oisin Róisín=roisin Seán=sean Siobhán=siobhan Tadhg",
            surnames:
                "O'Brien=obrien O'Connor=oconnor O'Sullivan=osullivan Ó_Súilleabháin=osuilleabhain McCarthy Byrne Walsh",
            places: "Dublin/Leinster, Cork/Munster, Galway/Connacht",
            streets: "O'Connell Street, Grafton Street, Patrick Street"),
        Culture(
            "de-DE", "Germany", dialing: "+49",
            given: "Björn=bjoern Jürgen=juergen Käthe=kaethe Lukas Sören=soeren Ulrike Günther=guenther Anneliese",
            surnames:
                "Müller=mueller Weiß=weiss Schäfer=schaefer Groß=gross Köhler=koehler Schmidt von_der_Heide=vonderheide",
            places: "Köln/Nordrhein-Westfalen, München/Bayern, Berlin/Berlin",
            streets: "Hauptstraße, Königsallee, Am Mühlbach"),
        Culture(
            "fr-FR", "France", dialing: "+33",
            given:
                "Éloïse=eloise François=francois Hélène=helene Jean-Luc=jeanluc Maëlle=maelle Noël=noel Zoé=zoe Loïc=loic",
            surnames:
                "Lefèvre=lefevre Dupont Bérénger=berenger d'Aubigné=daubigne Le_Goff=legoff Hœrter=hoerter Françoise=francoise",
            places: "Nîmes/Occitanie, Orléans/Centre, Besançon/Bourgogne",
            streets: "Rue de l'Église, Avenue Foch, Place d'Armes"),
        Culture(
            "es-ES", "Spain", dialing: "+34",
            given: "Íñigo=inigo María=maria Ángel=angel Begoña=begona Nicolás=nicolas Lucía=lucia Sofía=sofia",
            surnames: "Muñoz=munoz Peña=pena Ibáñez=ibanez González=gonzalez Yáñez=yanez de_la_Cruz=delacruz",
            places: "A Coruña/Galicia, Málaga/Andalucía, Logroño/La Rioja",
            streets: "Calle Mayor, Paseo de Gracia, Calle del Niño"),
        Culture(
            "pl-PL", "Poland", dialing: "+48",
            given:
                "Łukasz=lukasz Małgorzata=malgorzata Żaneta=zaneta Świętosława=swietoslawa Jędrzej=jedrzej Agnieszka",
            surnames:
                "Wójcik=wojcik Kowalczyk Dąbrowski=dabrowski Zając=zajac Śliwińska=sliwinska Brzęczyszczykiewicz=brzeczyszczykiewicz",
            places: "Łódź/Łódzkie, Kraków/Małopolskie, Gdańsk/Pomorskie",
            streets: "ul. Świętokrzyska, ul. Długa, al. Niepodległości"),
        Culture(
            "tr-TR", "Türkiye", dialing: "+90",
            given: "İbrahim=ibrahim Işıl=isil Çağla=cagla Ömer=omer Şule=sule Gülşen=gulsen",
            surnames: "Yıldız=yildiz Öztürk=ozturk Çelik=celik Şahin=sahin Kılıç=kilic Güneş=gunes",
            places: "İstanbul/Marmara, İzmir/Ege, Iğdır/Doğu Anadolu", streets: "İstiklal Caddesi, Bağdat Caddesi"),
        Culture(
            "vi-VN", "Vietnam", dialing: "+84", familyFirst: true,
            given: "Ánh=anh Đức=duc Hương=huong Thảo=thao Tuấn=tuan Ngọc_Bích=ngocbich Quỳnh=quynh",
            surnames: "Nguyễn=nguyen Trần=tran Lê=le Phạm=pham Đặng=dang Võ=vo Huỳnh=huynh",
            places: "Hà Nội/Hà Nội, Đà Nẵng/Đà Nẵng, Huế/Thừa Thiên Huế", streets: "Đường Lê Lợi, Đường Nguyễn Huệ"),
        Culture(
            "is-IS", "Iceland", dialing: "+354",
            given: "Þórður=thordur Guðrún=gudrun Ægir=aegir Sigríður=sigridur Björk=bjork",
            surnames:
                "Jónsdóttir=jonsdottir Þorsteinsson=thorsteinsson Guðmundsdóttir=gudmundsdottir Ólafsson=olafsson",
            places: "Reykjavík/Höfuðborgarsvæðið, Ísafjörður/Vestfirðir", streets: "Laugavegur, Skólavörðustígur"),
    ]
}
