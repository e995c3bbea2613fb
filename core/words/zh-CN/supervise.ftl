# 督办所说的话。

alarm-calendar-missing = 尚未载入国务院办公厅关于{ $year }年节假日安排的通知，届满日涉及{ $year }年的均为暂定。请用 duban calendar load 载入
