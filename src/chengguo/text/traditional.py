"""The characters of the words that chengguo reads, as they are written in Hong Kong, Macao and Taiwan.

Words are folded to tell what they mean; what is printed stays as it is.
"""

SIMPLIFIED = str.maketrans(
    "後內號個國長續進實態開兩發佈頒時經貫動滾啟間結學財預計於劃畫規農曆陰臘"
    "編責單務點協辦牽頭門參與項標體對領層級類別塊節擔導機關執會業構處聯總準負統籌組織終職"
    "區縣廳館隊鎮鄉衛環資監產稅運設員檢團醫銀網電視臺與為爲註無沒則確線條餘須權",
    "后内号个国长续进实态开两发布颁时经贯动滚启间结学财预计于划划规农历阴腊"
    "编责单务点协办牵头门参与项标体对领层级类别块节担导机关执会业构处联总准负统筹组织终职"
    "区县厅馆队镇乡卫环资监产税运设员检团医银网电视台与为为注无没则确线条余须权",
)
